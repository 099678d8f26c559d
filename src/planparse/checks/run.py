from planparse.checks.coverage import measure_coverage
def diagnose(document, source, grammar, drafts, assembler, lang):
    document["source"]["coverage"], gaps = measure_coverage(source.text, document["parts"])
