// Generates a text and nothing else: POST /text as an equally small function.
import { BedrockRuntimeClient, ConverseCommand, ThrottlingException } from '@aws-sdk/client-bedrock-runtime';
import { type ApiEvent, type ApiResponse, ownerOf, parseJson, respond } from './image-request';

const MODEL_ID = 'us.amazon.nova-2-lite-v1:0';
const MAX_PROMPT = 10_000;
const bedrock = new BedrockRuntimeClient({});

export async function handler(event: ApiEvent): Promise<ApiResponse> {
  if (ownerOf(event) === undefined) return respond(403, { message: 'the API key does not belong to a client' });
  const { prompt } = (parseJson(event.body) ?? {}) as { prompt?: unknown };
  if (typeof prompt !== 'string' || prompt.trim() === '' || prompt.length > MAX_PROMPT) {
    return respond(400, { message: `prompt must be a text of 1 to ${MAX_PROMPT} characters` });
  }
  try {
    const { output, usage } = await bedrock.send(new ConverseCommand({ modelId: MODEL_ID, messages: [{ role: 'user', content: [{ text: prompt }] }] }));
    const text = output?.message?.content?.map((part) => part.text ?? '').join('');
    return respond(200, { text, model: MODEL_ID, inputTokens: usage?.inputTokens, outputTokens: usage?.outputTokens });
  } catch (error) {
    if (error instanceof ThrottlingException) return respond(429, { message: 'the model is busy' });
    throw error;
  }
}
