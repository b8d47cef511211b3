package vn.sodiaban.fieldbook.saved

import android.view.accessibility.AccessibilityManager
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import vn.sodiaban.fieldbook.FieldbookApp
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD

@RunWith(AndroidJUnit4::class)
class SavedFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private fun save() {
        app.tap("Báo tình hình")
        app.tap("Không phát sinh")
        app.see("Đã lưu")
        app.see(hasText("Hoàn tác") and hasClickAction())
    }

    @Test fun afterTenSecondsItGoesAndUndoGoesToo() {
        app.open(app.enrolled(office, HEAD))
        save()
        app.see("Văn phòng đã nhận đủ.")
        app.seeNo("Hoàn tác")
    }

    @Test fun whoHasTheScreenReadCanTakeItBackAsLongAsThePageIsThere() {
        val reader = ApplicationProvider.getApplicationContext<FieldbookApp>().getSystemService(AccessibilityManager::class.java)
        shadowOf(reader).setTouchExplorationEnabled(true)
        app.open(app.enrolled(office, HEAD))
        save()
        app.see("Rút lại bản ghi này")
        app.tap("Rút lại bản ghi này")
        app.see("Đã rút lại")
    }
}
