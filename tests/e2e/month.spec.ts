// What a month takes of a learner's data, held by its ceiling: the month that `make cost` measures.
import "../cost/month.ts";
