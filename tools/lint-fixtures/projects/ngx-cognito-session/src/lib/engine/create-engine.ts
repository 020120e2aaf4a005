export const createEngine = (): string => 'engine';
