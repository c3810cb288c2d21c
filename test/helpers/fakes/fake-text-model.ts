import type { TextInput, TextModels, TextOutput } from '../../../src/handlers/generation/ports';

export class FakeTextModel implements TextModels {
  public readonly calls: TextInput[] = [];
  public readonly deadlines: number[] = [];
  public respond: (input: TextInput) => TextOutput = ({ prompt }) => ({
    text: `${prompt}, in oil`, stopReason: 'end_turn', usage: { inputTokens: 3, outputTokens: 5 },
  });

  public async generate(input: TextInput, deadline: number): Promise<TextOutput> {
    this.calls.push(input);
    this.deadlines.push(deadline);
    return this.respond(input);
  }
}
