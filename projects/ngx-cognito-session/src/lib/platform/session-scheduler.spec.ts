import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { timer } from 'rxjs';
import { SESSION_SCHEDULER } from './session-scheduler';

it('leaves an app without zone.js stable while timers of the library wait', async () => {
  const waiting = timer(3_600_000, TestBed.inject(SESSION_SCHEDULER)).subscribe();

  await expect(TestBed.inject(ApplicationRef).whenStable()).resolves.toBeUndefined();

  waiting.unsubscribe();
});
