import type { Options } from '../config/options';

export const prefixOf = (options: Options): string => options.region;
