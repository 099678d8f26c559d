"""Many documents: what is asked for (`choice`, `inputs`), one document to its outputs (`job`), who does the work
(`runner`: worker processes; `cluster`, `flight`, `cluster_worker`: a dask cluster), what is known of each document
(`manifest`), where outputs go (`place`; `outputs`: files that are whole or not there; `far`: URLs), tables of all
(`tables`), and what a person sees (`progress`, `report`). `batch.run_batch` puts them together."""
