// expect-eslint: @angular-eslint/prefer-on-push-component-change-detection
import { Component } from '@angular/core';

@Component({ selector: 'app-eager', template: '' })
export class EagerComponent {}
