import type { DeliveryDecisions } from './behaviour/delivery.ts';
import { delivery } from './behaviour/delivery.ts';
import type { DoorDecisions } from './behaviour/door.ts';
import { door } from './behaviour/door.ts';
import type { ViewDecisions } from './behaviour/views.ts';
import { views } from './behaviour/views.ts';
import type { LifecycleDecisions } from './core/lifecycle.ts';
import { lifecycle } from './core/lifecycle.ts';

/**
 * Every decision that the simulator takes, as a record of small functions. A deviation replaces
 * some of them and breaks the contract there and nowhere else.
 */
export interface Behaviour extends DoorDecisions, LifecycleDecisions, ViewDecisions, DeliveryDecisions {}

/** The decisions as the contract has them; where it is silent they ask the choices. */
export const contractBehaviour: Behaviour = { ...door, ...lifecycle, ...views, ...delivery };
