package vn.sodiaban.fieldbook.words

import java.time.LocalDate
import java.time.ZoneId
import vn.sodiaban.fieldbook.core.CalendarDay

/** Today in Vietnam, by this phone's clock. */
fun todayInVietnam(): CalendarDay = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).toCalendarDay()

/** This many days later; negative for earlier. */
fun CalendarDay.plus(days: Long): CalendarDay = toDate().plusDays(days).toCalendarDay()

private fun LocalDate.toCalendarDay() = CalendarDay(year, monthValue, dayOfMonth)

/** 22/11/2026. */
fun CalendarDay.plainWords(): String = "%02d/%02d/%d".format(day, month, year)
