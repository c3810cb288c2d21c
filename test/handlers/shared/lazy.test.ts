import { lazy } from '../../../src/handlers/shared/lazy';

class Counter {
  private count = 0;

  public async add(amount: number): Promise<number> {
    this.count += amount;
    if (amount === 0) throw new Error('no amount');
    return this.count;
  }
}

describe('lazy', () => {
  it('creates the object once, at the first call', async () => {
    const create = jest.fn(async () => new Counter());
    const counter = lazy(create);
    expect(create).not.toHaveBeenCalled();
    expect(await Promise.all([counter.add(1), counter.add(2)])).toEqual([1, 3]);
    expect(create).toHaveBeenCalledTimes(1);
  });

  it('rejects with the error of the method', async () => {
    await expect(lazy(async () => new Counter()).add(0)).rejects.toThrow('no amount');
  });

  it('can be the value of a promise', async () => {
    const counter = await Promise.resolve(lazy(async () => new Counter()));
    expect(await counter.add(1)).toBe(1);
  });
});
