import { afterModelCall } from './charges';
import { maxTextCost, textCost } from './prices';
import { inUsd, type Spending } from './spending';
import type { TokenPrice } from '../../../private/contract/models';
import type { TextInput, TextModels, TextOutput } from '../ports';

/** Adds the cost of a text model to what a request spends. */
export class PricedTextModel implements TextModels {
  /** `price`: undefined if it is not known. */
  constructor(private readonly textModel: TextModels, private readonly price: TokenPrice | undefined, private readonly spending: Spending) {}

  public async generate(input: TextInput, deadline: number): Promise<TextOutput> {
    const { price } = this;
    try {
      const output = await this.textModel.generate(input, deadline);
      const cost = price && textCost(output.usage, price);
      this.spending.charge(cost);
      return cost === undefined ? output : { ...output, estimatedCostUsd: inUsd(cost) };
    } catch (cause) {
      if (afterModelCall(cause).mayBeCharged) this.spending.charge(price && maxTextCost(input, price), 'maybe');
      throw cause;
    }
  }
}
