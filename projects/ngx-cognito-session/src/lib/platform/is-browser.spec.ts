import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { IS_BROWSER } from './is-browser';

it.each([
  ['browser', true],
  ['server', false],
  ['something-else', false],
])('knows whether %s is a browser: %p', (platform, expected) => {
  TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: platform }] });

  expect(TestBed.inject(IS_BROWSER)).toBe(expected);
});
