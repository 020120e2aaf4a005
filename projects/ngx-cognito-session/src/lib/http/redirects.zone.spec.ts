import './redirects.spec';
