import { resolve } from 'node:path';
import { root } from '../../../tools/workspace';

export const benchmarksFolder = resolve(root, 'projects/benchmarks');

/** The nested package with the libraries. */
export const peersFolder = resolve(benchmarksFolder, 'peers');

export const pagesFolder = resolve(peersFolder, 'pages');

export const resultsFolder = resolve(benchmarksFolder, 'results');
