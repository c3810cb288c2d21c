import { type Canvas, type Image } from '@napi-rs/canvas';
import { type Scene } from '../scene';

/** A call of an image service. All parameters of the operation have a value or their default. */
export interface EditRequest {
  /** The scene of the prompt. */
  readonly scene: Scene;
  /** Input images by parameter name: `image`, `mask`, `init_image`, `style_image`. */
  readonly images: Readonly<Record<string, Image>>;
  readonly settings: EditSettings;
}

/** The parameters of all operations. An operation reads only its own. */
export interface EditSettings {
  readonly creativity: number;
  readonly grow_mask: number;
  readonly left?: number;
  readonly right?: number;
  readonly up?: number;
  readonly down?: number;
  readonly search_prompt: string;
  readonly select_prompt: string;
  readonly control_strength: number;
  readonly fidelity: number;
  readonly aspect_ratio: string;
  readonly composition_fidelity: number;
  readonly style_strength: number;
  readonly change_strength: number;
}

/** Simulates an operation with a visible effect. */
export type Edit = (request: EditRequest) => Canvas;
