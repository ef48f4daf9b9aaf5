// One packet under way, and where it can end.

import type { RejectWith } from '../linux/netfilter';
import type { Skb } from '../linux/skb';
import type { Socket } from '../linux/socket';
import type { Flow, IcmpError, Packet } from '../net/packet';
import type { Journey } from './journey';
import type { DropReason, Place, RejectReason } from './step';

/** A packet about to be sent, and by whom. */
export interface Departure {
  readonly at: Place;
  readonly by: string;
  readonly packet: Packet;
}

/** The client that waits for an answer: an answer is known by its flow, an ICMP error by the flow that it quotes. */
export interface Home {
  readonly netns: string;
  readonly by: string;
  /** As the client sent it. */
  readonly sent: Flow;
}

/** Where the packet ended. */
export type Fate =
  /** A program has it; socket null: the kernel answers an echo itself. */
  | { readonly kind: 'delivered'; readonly netns: string; readonly packet: Packet; readonly socket: Socket | null }
  /** The client has its answer. */
  | { readonly kind: 'received'; readonly packet: Packet }
  | { readonly kind: 'dropped'; readonly netns: string; readonly packet: Packet; readonly reason: DropReason }
  | {
      readonly kind: 'rejected';
      readonly netns: string;
      readonly packet: Packet;
      readonly reason: RejectReason;
      readonly with: RejectWith | IcmpError;
      /** The sender's own kernel refuses: the program is told by an error code, no packet travels. */
      readonly local: boolean;
    };

/** What every part of the walk needs. `home` is set where the packet is an answer. */
export interface Leg {
  readonly journey: Journey;
  readonly at: Place;
  readonly by: string;
  readonly home: Home | null;
}

/** The packet inside the kernel of one namespace. */
export interface Inside {
  readonly netns: string;
  readonly skb: Skb;
}

export function placeIn(leg: Leg, netns: string): Place {
  return { ...leg.at, netns };
}
