/**
 * How the request and the answer of a model are shaped.
 */
export enum ModelFamily {
  /**
   * Stable Image and Stable Diffusion 3.5 of Stability AI: text to image, sizes by aspect ratio.
   */
  STABILITY_V2 = 'stability-v2',

  /**
   * Titan Image Generator and Nova Canvas of Amazon: text to image, sizes in pixels, several images a call.
   */
  AMAZON_IMAGE = 'amazon-image',

  /**
   * Stable Diffusion XL of Stability AI, on Bedrock or on SageMaker: weighted text prompts, sizes in pixels.
   */
  STABILITY_V1 = 'stability-v1-text_prompts',

  /**
   * Models that answer a conversation with images, called through Converse.
   */
  CONVERSE = 'converse',

  /**
   * Stable Diffusion of SageMaker JumpStart, sizes in pixels. Only on SageMaker endpoints.
   */
  SAGEMAKER_STABLE_DIFFUSION = 'sagemaker-stable-diffusion',
}
