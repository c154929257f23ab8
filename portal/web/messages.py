"""What WTForms says by itself, in Vietnamese: it ships no such catalogue."""

from portal.web.i18n import SOURCE, language

_ONE: dict[str, str] = {
    "Invalid field name '%s'.": "Tên ô “%s” không hợp lệ.",
    "Field must be equal to %(other_name)s.": "Ô này phải giống ô %(other_name)s.",
    "Number must be at least %(min)s.": "Số phải từ %(min)s trở lên.",
    "Number must be at most %(max)s.": "Số không được lớn hơn %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Số phải trong khoảng từ %(min)s đến %(max)s.",
    "Date must be at least %(min)s.": "Ngày phải từ %(min)s trở đi.",
    "Date must be at most %(max)s.": "Ngày không được sau %(max)s.",
    "Date must be between %(min)s and %(max)s.": "Ngày phải trong khoảng từ %(min)s đến %(max)s.",
    "This field is required.": "Hãy điền ô này.",
    "Invalid input.": "Nội dung không hợp lệ.",
    "Invalid email address.": "Địa chỉ thư điện tử không đúng.",
    "Invalid IP address.": "Địa chỉ IP không đúng.",
    "Invalid Mac address.": "Địa chỉ MAC không đúng.",
    "Invalid URL.": "Địa chỉ trang không đúng.",
    "Invalid UUID.": "Mã UUID không đúng.",
    "Invalid value, must be one of: %(values)s.": "Chỉ nhận một trong các giá trị: %(values)s.",
    "Invalid value, can't be any of: %(values)s.": "Không nhận các giá trị: %(values)s.",
    "This field cannot be edited.": "Không được sửa ô này.",
    "This field is disabled and cannot have a value.": "Ô này đã khóa, không được điền.",
    "Invalid CSRF Token.": "Trang đã để quá lâu. Hãy gửi lại.",
    "CSRF token missing.": "Trang đã để quá lâu. Hãy gửi lại.",
    "CSRF failed.": "Trang đã để quá lâu. Hãy gửi lại.",
    "CSRF token expired.": "Trang đã để quá lâu. Hãy gửi lại.",
    "The CSRF token is missing.": "Trang đã để quá lâu. Hãy gửi lại.",
    "The CSRF session token is missing.": "Trang đã để quá lâu. Hãy gửi lại.",
    "The CSRF token has expired.": "Trang đã để quá lâu. Hãy gửi lại.",
    "The CSRF token is invalid.": "Trang đã để quá lâu. Hãy gửi lại.",
    "The CSRF tokens do not match.": "Trang đã để quá lâu. Hãy gửi lại.",
    "Invalid Choice: could not coerce.": "Lựa chọn không hợp lệ.",
    "Choices cannot be None.": "Hãy chọn.",
    "Not a valid choice.": "Hãy chọn một trong các mục có sẵn.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Lựa chọn không hợp lệ.",
    "Not a valid datetime value.": "Ngày giờ không đúng.",
    "Not a valid date value.": "Ngày không đúng.",
    "Not a valid time value.": "Giờ không đúng.",
    "Not a valid week value.": "Tuần không đúng.",
    "Not a valid integer value.": "Hãy điền một số nguyên.",
    "Not a valid decimal value.": "Hãy điền một số.",
    "Not a valid float value.": "Hãy điền một số.",
}
_MANY: dict[str, str] = {
    "Field must be at least %(min)d character long.": "Cần ít nhất %(min)d ký tự.",
    "Field cannot be longer than %(max)d character.": "Nhiều nhất %(max)d ký tự.",
    "Field must be exactly %(max)d character long.": "Cần đúng %(max)d ký tự.",
    "Field must be between %(min)d and %(max)d characters long.": "Cần từ %(min)d đến %(max)d ký tự.",
    "'%(value)s' is not a valid choice for this field.": "“%(value)s” không có trong danh sách.",
}
_ALL = _ONE | _MANY


class FormMessages:
    """The translations object that a form hands to WTForms."""

    def gettext(self, message: str) -> str:
        """The message in the reader's language; an unknown one as it came."""
        return _ALL.get(message, message) if language() == SOURCE else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        """As gettext; Vietnamese has one form for every number."""
        if language() == SOURCE and one in _MANY:
            return _MANY[one]
        return one if number == 1 else many
