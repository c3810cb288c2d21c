import { altText } from '../../../library/prompts';
import { usePage } from '../../../parts/context';
import { StoredImage } from '../../../parts/images/stored-image';
import { type EditInput } from '../../../stores/edit/edit-input';

/** An input image or a version. Transparent parts lie on a checkerboard. */
export function InputImage({ input, alt }: { readonly input: EditInput; readonly alt?: string }) {
  const { library } = usePage();
  if (input.kind === 'file') return <img src={input.url} alt={alt ?? input.name} width={input.width} height={input.height} draggable={false} />;
  const { record, index } = input;
  const text = alt ?? altText(library.promptOf(record), { ...record.images[index], operation: record.operation });
  return <StoredImage record={record} index={index} alt={text} />;
}
