// expect-depcruise: core-is-pure
import { InjectionToken } from '@angular/core';

export const TOKEN = new InjectionToken<string>('token');
