/** Bytes that are not a complete image of a supported format. */
export class ImageFormatError extends Error {}
