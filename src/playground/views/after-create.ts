/** The views and dialogs that users open after the first images: one file, because many small ones are larger together. */
export { CodeDialog } from './code/code-dialog';
export { CompareDialog } from './compare/compare-dialog';
export { DetailsDialog } from './details/details-dialog';
export { GalleryView } from './gallery/gallery-view';
