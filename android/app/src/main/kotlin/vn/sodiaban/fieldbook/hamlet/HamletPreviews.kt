package vn.sodiaban.fieldbook.hamlet

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import vn.sodiaban.fieldbook.book.BookSamples
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.CalendarMonth
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FollowUpLine
import vn.sodiaban.fieldbook.core.HamletPage
import vn.sodiaban.fieldbook.core.HamletState
import vn.sodiaban.fieldbook.core.PersonLine
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.Rejection
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Reading

/** The main states, for previews and for the kept pictures. All persons are invented. */
internal object HamletSamples {
    private val page = HamletPage(
        id = "h1",
        name = "Ấp An Định",
        above = listOf("Xã An Qui", "Tỉnh Vĩnh Long"),
        earlier = listOf("Ấp An Lợi"),
        people = listOf(
            PersonLine("Lê Văn Bảy", "trưởng ấp", PostRole.HEAD, "0901 111 222"),
            PersonLine("Phạm Thị Út", "bí thư chi bộ", PostRole.SECRETARY, null),
        ),
        state = HamletState.Overdue(2),
        visits = listOf(CalendarDay(2026, 8, 14), CalendarDay(2026, 7, 3), CalendarDay(2026, 6, 9)),
        followUps = listOf(
            FollowUpLine("f1", "v1", "Báo lại ngày sửa cống số 3", "Ấp An Định", CalendarMonth(2026, 9), done = null, photos = emptyList()),
        ),
        records = listOf(BookSamples.petition),
        mayVisit = true,
        officePhone = "0275 3800 123",
    )
    val usual: Reading<HamletPage> = Reading.Ready(page)
    val empty: Reading<HamletPage> = Reading.Ready(
        page.copy(
            earlier = emptyList(),
            people = emptyList(),
            state = null,
            visits = emptyList(),
            followUps = emptyList(),
            records = emptyList(),
            mayVisit = false,
        ),
    )
    val gone: Reading<HamletPage> = Reading.Failed(FieldbookException.Rejected(Rejection.NotFound))
}

@Composable
internal fun HamletSample(state: Reading<HamletPage>) = HamletContent(state, {}, {})

@Preview
@Composable
private fun UsualPreview() = FieldbookTheme { HamletSample(HamletSamples.usual) }
