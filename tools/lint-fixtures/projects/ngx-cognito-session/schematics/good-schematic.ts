import { noop, type Rule } from '@angular-devkit/schematics';
import { posix } from 'node:path';
import { of } from 'rxjs';

export const pathOf = (name: string): string => posix.join('src', name);
export const nothing = (): Rule => noop();
export const value$ = of(1);
