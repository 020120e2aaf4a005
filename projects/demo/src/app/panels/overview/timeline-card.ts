import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  signal,
  viewChild,
  ViewEncapsulation,
  type ElementRef,
} from '@angular/core';
import { MatCard, MatCardContent, MatCardHeader, MatCardTitle } from '@angular/material/card';
import { injectCognitoCalls } from '../../emulator/inject-cognito-calls';
import { LocalCognito } from '../../emulator/local-cognito';
import { clockTime } from '../../session/clock-time';
import { injectNow } from '../../session/inject-now';
import { Theme } from '../../shell/theme';
import { Tabs } from '../../tabs/tabs';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { injectElementWidth } from './element-width';
import { KINDS, lanesOf, momentsSince, seriesOf, type Kind } from './timeline-data';

const SHOWN_MS = 5 * 60_000;
const LATEST = 6;
const NAMES: Readonly<Record<Kind, string>> = {
  refresh: 'refreshed tokens',
  call: 'call to Cognito',
  trouble: 'failure',
  other: 'other event',
};

/** A lane for each tab and one for Cognito, and the latest of it in words. */
@Component({
  selector: 'app-timeline-card',
  imports: [Loading, MatCard, MatCardContent, MatCardHeader, MatCardTitle, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  // The chart makes its elements itself.
  encapsulation: ViewEncapsulation.None,
  styleUrl: './timeline-card.css',
  template: `
    <mat-card appearance="outlined">
      <mat-card-header>
        <mat-card-title role="heading" aria-level="2">The last five minutes</mat-card-title>
      </mat-card-header>
      <mat-card-content>
        <ul class="legend" aria-label="Colours">
          @for (kind of kinds; track kind) {
            <li><span #swatch class="swatch" [class]="kind"></span> {{ names[kind] }}</li>
          }
        </ul>
        @if (cognito.hasFailed()) {
          <app-notice kind="error">The log of the local Cognito could not be read.</app-notice>
        }
        @if (draw() === null) {
          <app-loading label="Loading the chart" />
        }
        <div
          #host
          class="chart"
          role="img"
          aria-label="Timeline. The list below has the latest in words."
        ></div>
        @if (latest().length === 0) {
          <app-notice
            >Nothing has happened in the last five minutes. Refresh the tokens, or open another
            tab.</app-notice
          >
        } @else {
          <ol class="latest" aria-label="Latest">
            @for (moment of latest(); track $index) {
              <li>
                <time>{{ clockTime(moment.at) }}</time> <strong>{{ moment.lane }}</strong> {{ moment.words }}
              </li>
            }
          </ol>
        }
      </mat-card-content>
    </mat-card>
  `,
})
export class TimelineCard {
  private readonly host = viewChild.required<ElementRef<HTMLElement>>('host');
  private readonly tabs = inject(Tabs);
  private readonly theme = inject(Theme);
  private readonly hasCognito = inject(LocalCognito).isThere;
  private readonly now = injectNow();
  private readonly width = injectElementWidth(this.host);
  protected readonly cognito = injectCognitoCalls();

  protected readonly kinds = KINDS;
  protected readonly names = NAMES;
  protected readonly clockTime = clockTime;
  /** The chart, once its code is here. */
  protected readonly draw = signal<typeof import('./draw-timeline').drawTimeline | null>(null);

  private readonly moments = computed(() =>
    momentsSince(this.now() - SHOWN_MS, this.tabs.events(), this.cognito.calls() ?? []),
  );
  protected readonly latest = computed(() => this.moments().slice(-LATEST).reverse());

  constructor() {
    void import('./draw-timeline').then(({ drawTimeline }) => this.draw.set(drawTimeline));
    afterRenderEffect((onCleanup) => {
      const [draw, until, element] = [this.draw(), this.now() / 1000, this.host().nativeElement];
      // A canvas does not follow the theme: it is drawn again.
      this.theme.isDark();
      if (draw === null || this.width() === 0) return;
      const lanes = lanesOf(this.tabs.open(), this.tabs.events(), this.hasCognito);
      const data = seriesOf(this.moments(), lanes);
      onCleanup(draw(element, { data, lanes, from: until - SHOWN_MS / 1000, until }, this.colors(element)));
    });
  }

  /** As the browser resolves them for the theme. */
  private colors(element: HTMLElement) {
    const of = (kind: Kind) => {
      const swatch = element.parentElement?.querySelector(`.swatch.${kind}`);
      return swatch === null || swatch === undefined ? 'gray' : getComputedStyle(swatch).backgroundColor;
    };
    const { color, borderTopColor } = getComputedStyle(element);
    return {
      text: color,
      line: borderTopColor,
      kinds: { refresh: of('refresh'), call: of('call'), trouble: of('trouble'), other: of('other') },
    };
  }
}
