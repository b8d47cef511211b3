package vn.sodiaban.fieldbook.form

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.CalendarMonth
import vn.sodiaban.fieldbook.core.FollowUpLine
import vn.sodiaban.fieldbook.core.FormChoices
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.MyPost
import vn.sodiaban.fieldbook.core.PhotoEntry
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.TopicChoice
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.ui.FieldbookTheme

/** What the samples of all forms choose from. All persons are invented. */
internal object FormSamples {
    val day = CalendarDay(2026, 11, 22)
    val hamlets = listOf(
        HamletChoice("h1", "Ấp An Định", "Xã An Qui", own = true),
        HamletChoice("h2", "Ấp An Thạnh", "Xã An Qui", own = true),
        HamletChoice("h3", "Ấp An Hòa", "Xã An Qui", own = true),
        HamletChoice("h4", "Ấp An Phú", "Xã An Qui", own = false),
    )
    private val topics = listOf(
        TopicChoice("t1", "Sinh hoạt chi bộ", "Xã An Qui"),
        TopicChoice("t2", "Trữ nước mưa, nước ngọt cho mùa hạn mặn", "Xã An Qui"),
        TopicChoice("t3", "Thu gom rác thải sinh hoạt", "Xã An Qui"),
    )
    private val followUps = listOf(
        FollowUpLine("f1", "v1", "Báo lại ngày sửa cống số 3", "Ấp An Định", CalendarMonth(2026, 11), done = null, photos = emptyList()),
        FollowUpLine("f2", "v1", "Mời điện lực xem đường dây", "Ấp An Định", CalendarMonth(2026, 11), done = null, photos = emptyList()),
    )
    val choices = FormChoices(
        hamlets = hamlets,
        topics = topics,
        followUps = followUps,
        earliestDay = CalendarDay(2026, 11, 15),
        today = day,
        nextMonth = CalendarMonth(2026, 12),
    )
    val posts = listOf(
        MyPost("1", "đảng ủy viên phụ trách", "Xã An Qui", "c", PostRole.LIAISON),
        MyPost("2", "bí thư chi bộ", "Ấp An Định", "h1", PostRole.SECRETARY),
    )
    val photo = PhotoEntry("00", "", bytes = 182_000, width = 1600, height = 1200, topic = null)
    val taker = PhotoTaker({}, {})

    fun <E : Any, P : Any> actions() = object : FormActions<E, P> {
        override fun edit(change: (E) -> E) = Unit

        override fun remove(change: (E) -> E) = Unit

        override fun undoRemoval() = Unit

        override fun next() = Unit

        override fun again() = Unit

        override fun back() = Unit

        override fun goTo(part: P) = Unit

        override fun choosePost(id: String) = Unit

        override fun save() = Unit
    }
}

@Preview
@Composable
private fun ChoicesPreview() = FieldbookTheme { ChoiceList(FormSamples.hamlets.map { it.id to it.name }, "h1", {}) }
