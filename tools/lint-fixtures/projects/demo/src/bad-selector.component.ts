// expect-eslint: @angular-eslint/component-selector
import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'shop-cart', template: '', changeDetection: ChangeDetectionStrategy.OnPush })
export class CartComponent {}
