import { Component, ChangeDetectionStrategy } from '@angular/core';
import type { Routes } from '@angular/router';
import { fitOf } from './route-fit';

@Component({ selector: 'app-page', template: '', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

const page = (path: string) => ({ path, component: Page });
const loadChildren = () => Promise.resolve<Routes>([]);

describe('fitOf', () => {
  it.each<readonly [string, Routes, string, ReturnType<typeof fitOf>]>([
    ['nothing', [], 'sign-in', null],
    ['a page', [page('sign-in')], 'sign-in', 'page'],
    ['a page of two segments', [page('auth/sign-in')], 'auth/sign-in', 'page'],
    ['a page above', [page('auth')], 'auth/sign-in', null],
    ['a page below', [page('sign-in/step')], 'sign-in', null],
    ['a page called alike', [page('sign-in-2')], 'sign-in', null],
    ['the first page', [{ ...page(''), pathMatch: 'full' }], '', 'page'],
    ['the first page only', [{ ...page(''), pathMatch: 'full' }], 'sign-in', null],
    ['a page in a shell', [{ ...page(''), children: [page('sign-in')] }], 'sign-in', 'page'],
    ['a shell without it', [{ ...page(''), children: [page('orders')] }], 'sign-in', null],
    ['a shell by itself', [{ ...page('home'), children: [page('orders')] }], 'home', 'page'],
    ['a page behind a shell', [{ path: '', children: [page('x')] }, page('sign-in')], 'sign-in', 'page'],
    ['a lazy shell', [{ path: '', loadChildren }], 'sign-in', 'lazy'],
    ['a lazy part', [{ path: 'auth', loadChildren }], 'auth/sign-in', 'lazy'],
    ['another lazy part', [{ path: 'orders', loadChildren }], 'auth/sign-in', null],
    ['a parameter', [page(':tenant')], 'sign-in', 'other'],
    ['a parameter above', [{ path: ':lang', children: [page('sign-in')] }], 'en/sign-in', 'other'],
    ['a parameter in front', [page(':id'), page('sign-in')], 'sign-in', 'other'],
    ['a redirect', [{ path: 'sign-in', redirectTo: 'login' }], 'sign-in', 'other'],
    ['a redirect in a shell', [{ path: '', children: [{ path: '', redirectTo: 'x' }] }], '', 'other'],
    ['a matcher', [{ matcher: () => null, component: Page }], 'sign-in', 'other'],
    ['a page for everything else', [page('**')], 'sign-in', null],
    ['a page in another outlet', [{ ...page('sign-in'), outlet: 'aside' }], 'sign-in', null],
  ])('finds %s', (_, routes, path, fit) => {
    expect(fitOf(routes, path === '' ? [] : path.split('/'))).toBe(fit);
  });

  it('leaves a route out, wherever it stands', () => {
    const left = page('sign-in');

    expect(fitOf([{ path: '', children: [left] }], ['sign-in'], left)).toBeNull();
    expect(fitOf([left, page('sign-in')], ['sign-in'], left)).toBe('page');
  });
});
