/**
 * Format of requests to and responses from a model.
 */
export enum ModelFamily {
  /**
   * Stability AI: Stable Image and Stable Diffusion 3.5. Text to image, sizes by aspect ratio.
   */
  STABILITY_V2 = 'stability-v2',

  /**
   * Amazon: Titan Image Generator and Nova Canvas. Text to image, sizes in pixels, several images per call.
   */
  AMAZON_IMAGE = 'amazon-image',

  /**
   * Stability AI: Stable Diffusion XL, on Bedrock or SageMaker. Weighted text prompts, sizes in pixels.
   */
  STABILITY_V1 = 'stability-v1-text_prompts',

  /**
   * Models that return images through the Converse API.
   */
  CONVERSE = 'converse',

  /**
   * Stable Diffusion of SageMaker JumpStart, on SageMaker endpoints only. Sizes in pixels.
   */
  SAGEMAKER_STABLE_DIFFUSION = 'sagemaker-stable-diffusion',
}
