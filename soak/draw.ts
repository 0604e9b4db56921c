import fc from 'fast-check'

export function ms(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max })
}

export function of<const Value extends string>(...values: readonly Value[]): fc.Arbitrary<Value> {
  return fc.constantFrom(...values)
}
