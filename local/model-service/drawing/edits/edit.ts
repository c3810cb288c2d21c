import { Canvas, Image } from '@napi-rs/canvas';
import { Scene } from '../scene';

/** One call of an image service; every parameter that the operation has is set, if only to its default. */
export interface EditRequest {
  /** What is asked for, lettered into what is drawn anew. */
  readonly scene: Scene;
  /** By the names of the service: `image`, `mask`, `init_image`, `style_image`. */
  readonly images: Readonly<Record<string, Image>>;
  readonly settings: EditSettings;
}

/** The parameters of all operations, by the names of the service; an operation reads its own only. */
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

/** Plays one operation so that a person sees what it did. */
export type Edit = (request: EditRequest) => Canvas;
