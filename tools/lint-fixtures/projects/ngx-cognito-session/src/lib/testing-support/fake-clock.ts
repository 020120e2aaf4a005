export const fakeNow = (): number => 0;
