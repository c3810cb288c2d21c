/** Well-known models that do not generate images, with what they do. It is part of the error message. */
export const NOT_IMAGE_MODELS: Readonly<Record<string, string>> = {
  'luma.ray-v2:0': 'generates videos',
  'amazon.nova-reel-v1:0': 'generates videos',
  'amazon.nova-reel-v1:1': 'generates videos',
};
