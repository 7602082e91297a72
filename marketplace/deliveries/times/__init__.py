"""When a delivery is picked up and when it is there: learnt from past ones, as ranges whose honesty is measured."""
