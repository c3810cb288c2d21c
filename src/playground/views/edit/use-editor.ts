import { computed } from '@preact/signals-core';
import { maskPng } from './mask-png';
import { uploadFile } from '../../api/upload';
import { workspaceStore } from '../../parts/workspace-store';
import { createEditor } from '../../stores/edit/editor';
import { createInputEncoder } from '../../stores/edit/encode-inputs';

/** Returns the editor. */
export const useEditor = workspaceStore((page, { runs }) => createEditor({
  capabilities: computed(() => page.connection.capabilities.value!),
  runs,
  encode: createInputEncoder({ encodeMask: maskPng, upload: (file) => uploadFile(page, file) }),
}));
