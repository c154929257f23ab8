"""Published results (kết quả đã công khai): a list, and a page for each; no case in sight."""
