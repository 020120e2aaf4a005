import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { ORDERS } from './orders';

/** A page for signed-in people; its filter and its mark come from the URL, so that a return to it must bring both. */
@Component({
  selector: 'app-orders-page',
  imports: [RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './orders-page.css',
  template: `
    <h1>Orders</h1>
    <p class="lead">
      A guarded page. Signed out, its address leads to sign-in, and after that back here: with its query and
      its fragment.
    </p>
    <nav class="filters" aria-label="Filter">
      <a [routerLink]="[]" [class.active]="status() === null">All</a>
      <a [routerLink]="[]" [queryParams]="{ status: 'open' }" [class.active]="status() === 'open'">Open</a>
      <a [routerLink]="[]" [queryParams]="{ status: 'shipped' }" [class.active]="status() === 'shipped'"
        >Shipped</a
      >
    </nav>
    <div class="card">
      <table>
        <caption class="visually-hidden">
          Orders
        </caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Customer</th>
            <th scope="col">Status</th>
            <th scope="col" class="number">Total</th>
          </tr>
        </thead>
        <tbody>
          @for (order of orders(); track order.number) {
            <tr
              [id]="'order-' + order.number"
              [attr.aria-current]="fragment() === 'order-' + order.number ? 'true' : null"
            >
              <th scope="row">{{ order.number }}</th>
              <td>{{ order.customer }}</td>
              <td>
                <span class="badge" [class.good]="order.status === 'shipped'">{{ order.status }}</span>
              </td>
              <td class="number">{{ order.total }}</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
})
export class OrdersPage {
  private readonly route = inject(ActivatedRoute);
  private readonly query = toSignal(this.route.queryParamMap, { requireSync: true });

  protected readonly fragment = toSignal(this.route.fragment, { requireSync: true });
  protected readonly status = computed(() => this.query().get('status'));
  protected readonly orders = computed(() => {
    const status = this.status();
    return ORDERS.filter((order) => status === null || order.status === status);
  });
}
