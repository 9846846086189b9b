"""The report as one self-contained HTML page: templates, inline pictures, tables with the cells of a finding marked, crops of pages.

``page.report`` is the way in; this file stays empty of imports, since a child process that draws pages loads the package too.
"""
