export { vitepressConfig as default } from '../../../tools/docs/vitepress-config';
