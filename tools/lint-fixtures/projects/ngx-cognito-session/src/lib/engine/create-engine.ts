import { sending } from '../http/later/sending';

export const createEngine = (): string => `engine ${String(sending())}`;
