import { computed } from '@preact/signals-core';
import { maskPng } from './mask-png';
import { uploadFile } from '../../api/upload';
import { usePage, useWorkspace } from '../../parts/context';
import { createEditor, type Editor } from '../../stores/edit/editor';
import { createInputEncoder } from '../../stores/edit/encode-inputs';
import { type Workspace } from '../../stores/workspace';

/** The editor of a page is created by its first Edit view, and kept. */
const editors = new WeakMap<Workspace, Editor>();

/** Returns the editor. */
export function useEditor(): Editor {
  const page = usePage();
  const workspace = useWorkspace();
  const editor = editors.get(workspace) ?? createEditor({
    capabilities: computed(() => page.connection.capabilities.value!),
    runs: workspace.runs,
    encode: createInputEncoder({ encodeMask: maskPng, upload: (file) => uploadFile(page, file) }),
  });
  editors.set(workspace, editor);
  return editor;
}
