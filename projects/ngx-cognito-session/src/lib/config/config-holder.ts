import { inject, Injectable } from '@angular/core';
import { map, shareReplay, type Observable } from 'rxjs';
import { CheckedConfig } from './checked-config';
import { resolveConfig, type ResolvedConfig } from './resolved-config';

/** The one resolved configuration. */
@Injectable()
export class ConfigHolder {
  /** Replays the configuration, when and as `CheckedConfig` has it; errors as that does. */
  readonly config$: Observable<ResolvedConfig> = inject(CheckedConfig).config$.pipe(
    map(resolveConfig),
    shareReplay({ bufferSize: 1, refCount: false }),
  );
}
