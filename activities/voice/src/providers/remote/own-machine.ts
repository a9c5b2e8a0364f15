export { isOwnMachine } from '@aura/provider';
