import { DatePipe } from '@angular/common';
import { HttpClient } from '@angular/common/http';
import { afterNextRender, ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { forkJoin, switchMap, type Observable } from 'rxjs';

/** A session of the user, as `GET /auth/sessions` lists it. */
interface Device {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly userAgent: string | null;
  readonly isCurrent: boolean;
}

@Component({
  selector: 'app-devices',
  imports: [DatePipe],
  template: `
    <h1>Devices</h1>
    <table>
      <thead>
        <tr>
          <th scope="col">Device</th>
          <th scope="col">Signed in</th>
          <th scope="col">Last seen</th>
        </tr>
      </thead>
      <tbody>
        @for (device of devices(); track device.id) {
          <tr>
            <td>
              {{ device.userAgent ?? 'Unknown' }}
              @if (device.isCurrent) {
                <strong>(this one)</strong>
              }
            </td>
            <td>{{ device.createdAt | date: 'short' }}</td>
            <td>{{ device.lastSeenAt | date: 'short' }}</td>
          </tr>
        }
      </tbody>
    </table>
    <p>
      <button type="button" [disabled]="others().length === 0" (click)="signOutOthers()">
        Sign out other devices
      </button>
    </p>
    <p role="status">{{ message() }}</p>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Devices {
  protected readonly devices = signal<readonly Device[]>([]);
  protected readonly others = computed(() => this.devices().filter(({ isCurrent }) => !isCurrent));
  protected readonly message = signal('');
  private readonly http = inject(HttpClient);

  constructor() {
    // The list is of the browser alone: the server renders the page without it.
    afterNextRender(() => this.show(this.load()));
  }

  protected signOutOthers(): void {
    const removals = this.others().map(({ id }) => this.http.delete(`/auth/sessions/${id}`));
    this.show(forkJoin(removals).pipe(switchMap(() => this.load())));
  }

  private load(): Observable<readonly Device[]> {
    return this.http.get<readonly Device[]>('/auth/sessions');
  }

  private show(devices$: Observable<readonly Device[]>): void {
    devices$.subscribe({
      next: (devices) => {
        this.devices.set(devices);
        this.message.set(devices.length === 1 ? 'You are signed in on this device only.' : '');
      },
      error: () => this.message.set('The devices are not available now. Please try again.'),
    });
  }
}
