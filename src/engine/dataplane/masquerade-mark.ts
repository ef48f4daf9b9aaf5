// The mark by which kube-proxy tells its own POSTROUTING rules, and others, which packets it wants masqueraded (`masqueradeBit` 14).

/** Bit 14 of the mark: this packet's source has to be rewritten when it leaves. */
export const MASQUERADE_MARK = 0x4000;
