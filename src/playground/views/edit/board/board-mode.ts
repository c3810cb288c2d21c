/** What the board shows: the image with the tools of the operation, or before and after. */
export type BoardMode = 'edit' | 'compare';
