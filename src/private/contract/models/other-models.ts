/** Models that people try and that make no images: what they are, so that the error can say so. */
export const NOT_IMAGE_MODELS: Readonly<Record<string, string>> = {
  'luma.ray-v2:0': 'makes videos',
  'amazon.nova-reel-v1:0': 'makes videos',
  'amazon.nova-reel-v1:1': 'makes videos',
};
