import { jsonContent } from '../content';
import { type DescribeOperation } from '../described-api';
import { TEXT_EXAMPLE } from '../examples';
import { BODY_ERRORS, MODEL_ERRORS } from '../problem-responses';
import { SPEND_HEADERS } from '../response-headers';

const generateText: DescribeOperation = () => ({
  operationId: 'generateText',
  tag: 'Text',
  summary: 'Generate text',
  description: 'Generates text with the text model of this API. Input and output tokens are charged.',
  requestBody: {
    required: true,
    content: jsonContent('TextRequest', {
      minimal: { prompt: 'Name a lighthouse.' },
      parameters: { prompt: 'Name a lighthouse.', system: 'Be brief.', temperature: 0.2, maxTokens: 20, stopSequences: ['\n'] },
    }),
  },
  responses: { 200: { description: 'The generated text.', headers: SPEND_HEADERS, content: jsonContent('TextResponse', { text: TEXT_EXAMPLE }) } },
  errors: [...BODY_ERRORS, ...MODEL_ERRORS],
});

export const TEXT_OPERATIONS: Readonly<Record<string, DescribeOperation>> = {
  'POST /text': generateText,
};
