// The decisions of the simulator, and tools to change single ones: what deviations are made of.
export { contractBehaviour, type Behaviour } from './behaviour.ts';
export { defaultChoices, varyChoices, type Choices } from './choices.ts';
export * from './decision-edits.ts';
export { defineDeviations } from './deviation.ts';
export * from './edit.ts';
