export interface Order {
  readonly number: number;
  readonly customer: string;
  readonly status: 'open' | 'shipped';
  readonly total: string;
}

/** Invented data: the page shows it to signed-in users only. */
export const ORDERS: readonly Order[] = [
  { number: 1039, customer: 'Harbour Books', status: 'shipped', total: '€ 84.20' },
  { number: 1040, customer: 'Lindqvist & Sons', status: 'open', total: '€ 1,310.00' },
  { number: 1041, customer: 'Café Mirador', status: 'shipped', total: '€ 212.75' },
  { number: 1042, customer: 'Northern Optics', status: 'open', total: '€ 467.90' },
  { number: 1043, customer: 'Okafor Studio', status: 'open', total: '€ 59.00' },
];
