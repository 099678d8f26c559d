"""The words that the outputs add to the document's own, in English and Vietnamese."""
from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "number": "Number", "type_name": "Type", "title": "Title", "issuer": "Issuer", "province": "Province",
        "place": "Place", "issued_on": "Issued on", "effective_on": "Effective on", "period": "Period",
        "signers": "Signed by", "recipients": "Recipients", "signature": "Signature", "footnotes": "Footnotes",
        "site": "From the hosting site", "diagnostics": "Diagnostics", "line": "Line", "message": "Message",
        "severity": "Severity", "info": "info", "warning": "warning", "error": "error", "none": "Nothing to report.",
        "unit": "Unit", "legal_bases": "Legal bases", "document": "Document", "carried": "carried down from a merged cell",
        "sections": "sections", "tables": "tables", "rows": "rows", "coverage": "coverage",
    },
    "vi": {
        "number": "Số, ký hiệu", "type_name": "Loại văn bản", "title": "Trích yếu", "issuer": "Cơ quan ban hành",
        "province": "Tỉnh, thành phố", "place": "Địa danh", "issued_on": "Ngày ban hành", "effective_on": "Ngày có hiệu lực",
        "period": "Giai đoạn", "signers": "Người ký", "recipients": "Nơi nhận", "signature": "Chữ ký",
        "footnotes": "Chú thích", "site": "Thông tin của trang mạng", "diagnostics": "Kết quả kiểm tra", "line": "Dòng",
        "message": "Nội dung", "severity": "Mức", "info": "thông tin", "warning": "cảnh báo", "error": "lỗi",
        "none": "Không có gì cần lưu ý.", "unit": "Đơn vị tính", "legal_bases": "Căn cứ", "document": "Văn bản",
        "carried": "chép xuống từ ô gộp", "sections": "đề mục", "tables": "bảng", "rows": "dòng", "coverage": "độ phủ",
    },
}
