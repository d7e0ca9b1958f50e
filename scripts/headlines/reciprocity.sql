-- Officials that the responder expelled for each that the initiator had, over linked sets (median)
SELECT linked_set, ratio FROM reciprocity
