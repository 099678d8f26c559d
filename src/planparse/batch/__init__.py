"""Many documents: what is asked for (`inputs`), one document to its outputs (`job`), worker processes (`runner`), what is
known of each document (`manifest`), files that are whole or not there (`outputs`), tables of all (`tables`), and what a
person sees (`progress`, `report`). `batch.run_batch` puts them together."""
